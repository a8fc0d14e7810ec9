"""From files to pages: what stands below `docs/`, as it is there."""
