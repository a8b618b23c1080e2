"""The sample school: five classes with a believable term behind them."""
