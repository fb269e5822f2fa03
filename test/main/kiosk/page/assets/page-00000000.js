// The smallest page that comes in as the real one does: ticket or token, then a socket. Its title tells what it got.
const url = new URL(location.href);
const ticket = url.searchParams.get('ticket');
history.replaceState(null, '', '/');
const known = sessionStorage.getItem('token');

const response = await fetch('/session', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(ticket === null ? { token: known ?? '' } : { ticket }),
});
const body = await response.json();
if (response.ok) {
  sessionStorage.setItem('token', body.token);
  const socket = new WebSocket(`ws://${location.host}/rpc`, ['saoma', body.token]);
  socket.addEventListener('open', () => {
    document.title = 'open';
  });
  socket.addEventListener('close', ({ code }) => {
    document.title = `closed ${code}`;
  });
} else {
  document.title = body.code;
}
