/* global Twilio */
// What the SDK does by itself, with as little page around it as can be measured. Without ?token it stays off.
const byId = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const SOUNDS =
	'disconnect,dtmf0,dtmf1,dtmf2,dtmf3,dtmf4,dtmf5,dtmf6,dtmf7,dtmf8,dtmf9,dtmfh,dtmfs,incoming,outgoing';

byId('five').addEventListener('click', () => (byId('number').value += '5'));
if (query.has('token')) start();

async function start() {
	const token = await (await fetch(query.get('token'), { method: 'POST' })).json();
	const device = new Twilio.Device(token.token, {
		chunderw: query.get('gateway'),
		publishEvents: false,
		sounds: Object.fromEntries(SOUNDS.split(',').map((name) => [name, 'silence.wav'])),
		logLevel: 'silent'
	});
	device.on('registered', () => (byId('status').textContent = 'Ready'));
	device.on('incoming', (call) => {
		byId('incoming').hidden = false;
		call.on('cancel', () => (byId('incoming').hidden = true));
	});
	byId('call').addEventListener('click', async () => {
		const call = await device.connect({ params: { To: byId('number').value } });
		byId('hang-up').hidden = false;
		byId('hang-up').onclick = () => call.disconnect();
	});
	await device.register();
}
