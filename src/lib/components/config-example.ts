/** A config.json for one line of one's own; the practice line stays beside it. */
export const CONFIG_EXAMPLE = JSON.stringify(
	{
		$schema: './config.schema.json',
		lines: [
			{
				id: 'desk',
				kind: 'twilio',
				label: 'My number',
				token: { url: 'https://tokens.example.com/twilio' },
				identity: 'alice'
			},
			{ id: 'practice', kind: 'practice', label: 'Practice line' }
		]
	},
	undefined,
	2
);
