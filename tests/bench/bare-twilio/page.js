/* global Twilio */
// What the SDK does by itself, with as little page around it as can be measured. Without ?token it stays off.
const byId = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);

// As in the phone: by itself the SDK fetches and decodes 15 sounds before it opens its socket.
class NoSound {
	play() {
		return Promise.resolve();
	}
	stop() {}
	setSinkIds() {}
}

byId('five').addEventListener('click', () => (byId('number').value += '5'));
// As in the phone: the SDK is there, and the page is not still loading.
if (query.has('token')) addEventListener('load', () => requestIdleCallback(start));

async function start() {
	const token = await (await fetch(query.get('token'), { method: 'POST' })).json();
	const device = new Twilio.Device(token.token, {
		chunderw: query.get('gateway'),
		publishEvents: false,
		Sound: NoSound,
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
