"""What follows from all pages: each module computes one thing of the site, once."""
