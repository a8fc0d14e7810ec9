"""Where the engines that build the site call in."""
