"""Charts: a count becomes a chart's words and lengths, and where typst is installed a picture of them."""
