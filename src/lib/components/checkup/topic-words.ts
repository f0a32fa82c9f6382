import type { Scope, Topic } from '#lib/diagnostics/types.ts';
import { m } from '#lib/words/messages.js';

const TOPICS: Readonly<Record<Topic, () => string>> = {
	environment: m.topic_environment,
	policy: m.topic_policy,
	permissions: m.topic_permissions,
	configuration: m.topic_configuration,
	control: m.topic_control,
	build: m.topic_build,
	storage: m.topic_storage,
	phone: m.topic_phone,
	ice: m.topic_ice,
	microphone: m.topic_microphone,
	speaker: m.topic_speaker,
	setup: m.topic_setup,
	state: m.topic_state,
	token: m.topic_token,
	signalling: m.topic_signalling,
	registration: m.topic_registration,
	room: m.topic_room,
	lineIce: m.topic_line_ice,
	calls: m.topic_calls
};

/** What is being looked at. */
export const topicWords = (scope: Scope, topic: Topic): string =>
	scope === 'probe' && topic === 'signalling' ? m.topic_socket() : TOPICS[topic]();
