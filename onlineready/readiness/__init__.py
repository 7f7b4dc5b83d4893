"""Whether an organization can file online, and from when."""
