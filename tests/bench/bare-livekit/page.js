/* global LivekitClient */
// A room as the SDK's own first steps enter it, with as little page around it as can be measured.
const byId = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);

// As in the phone: the SDK is there, and the page is not still loading.
addEventListener('load', () => requestIdleCallback(() => (byId('status').textContent = 'Ready')));

byId('call').addEventListener('click', async () => {
	// As in the phone: the microphone opens while the token is fetched. The room does not wait for it.
	const opening = LivekitClient.createLocalAudioTrack();
	const asked = await fetch(query.get('token'), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({
			room_name: byId('number').value,
			participant_identity: query.get('identity'),
			participant_name: query.get('identity')
		})
	});
	const { server_url, participant_token } = await asked.json();
	const room = new LivekitClient.Room();
	room.on('trackSubscribed', (track) => document.body.append(track.attach()));
	await room.connect(server_url, participant_token);
	await room.localParticipant.publishTrack(await opening);
});
