"""The domain, pure: no Qt, no SQL, no network, no clock and no chance of its own."""
