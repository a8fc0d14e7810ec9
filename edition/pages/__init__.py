"""Write a page: its body, and around it what records and the links of other pages say."""
