"""The embedded realtime endpoint: Pusher Channels protocol 7.

The protocol: https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/
"""
