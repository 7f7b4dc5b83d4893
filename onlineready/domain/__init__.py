"""The words of the trade: what is counted, assumed, read and told."""
