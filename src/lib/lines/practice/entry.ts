import { exactOptional, literal, object } from 'valibot';
import { id, label } from '#lib/config/forms.ts';

/** An entry of kind `practice` in config.json. */
export const practiceEntry = object({
	id,
	kind: literal('practice'),
	label: exactOptional(label, 'Practice line')
});
