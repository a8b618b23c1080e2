// The official JavaScript client against our endpoint: connects, authenticates, joins, receives.
const [library, host, port, key, user, room, token] = process.argv.slice(2);
const Pusher = require(library);

const say = (what) => process.stdout.write(JSON.stringify(what) + "\n");
const authorise = { endpoint: `http://${host}:${port}/api/v1/realtime/auth`, transport: "ajax" };

const pusher = new Pusher(key, {
  cluster: "", wsHost: host, wsPort: Number(port), forceTLS: false, enabledTransports: ["ws"],
  enableStats: false, channelAuthorization: {
    ...authorise,
    customHandler: ({ socketId, channelName }, done) => {
      fetch(authorise.endpoint, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
        body: JSON.stringify({ socket_id: socketId, channel_name: channelName }),
      }).then(async (answer) => answer.ok
        ? done(null, await answer.json()) : done(new Error(`status ${answer.status}`), null));
    },
  },
});

pusher.connection.bind("connected", () => say({ on: "connected" }));
pusher.connection.bind("error", (error) => say({ on: "error", error }));
for (const name of [`private-user-${user}`, `presence-class-${room}`, "private-user-nobody"]) {
  const channel = pusher.subscribe(name);
  channel.bind("pusher:subscription_succeeded", (told) =>
    say({ on: "joined", channel: name, count: told && told.count, me: told && told.myID }));
  channel.bind("pusher:subscription_error", () => say({ on: "refused", channel: name }));
  channel.bind("pusher:member_added", (member) => say({ on: "added", id: member.id }));
  channel.bind("sync.changed", (data) => say({ on: "changed", data }));
  channel.bind("notification", (data) => say({ on: "notification", channel: name, data }));
}
process.stdin.on("end", () => { pusher.disconnect(); process.exit(0); }).resume();
