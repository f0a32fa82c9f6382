import type { Plugin } from 'vite';
import settings from './project.inlang/settings.json' with { type: 'json' };

const MESSAGE = /[\\/]src[\\/]lib[\\/]words[\\/]messages[\\/](?!_index\.js$)\w+\.js$/;
/** The text of a message in one language: one template and nothing else. */
const TEXT = /^const (\w+?)_\w+ = .* (\(i?\) => )\{\n\treturn .*? \((`[^`]*`)\)\n\};$/gm;
/** What leads from a message to its texts. */
const CHOICE = /^export const (\w+) = [^]*?\n\treturn (\w+?)_\1\(inputs\)\n\}\);?\s*$/m;
const CHOOSE = 'virtual:choose-words';

/**
 * The generated module of one message with one short expression instead of a function for each language and one that
 * chooses, which would be a tenth of what the phone loads. Undefined for a message of any other form: it stays as it is.
 *
 * @param languages all that the phone speaks, in the order in which {@link CHOOSE} knows them
 */
export function compactMessage(code: string, languages: readonly string[]): string | undefined {
	const [, name] = CHOICE.exec(code) ?? [];
	// What says the same each time needs no function.
	const texts = new Map(
		[...code.matchAll(TEXT)].map(([, tag, head = '', text = '']) => [
			tag,
			head.startsWith('()') ? text : `${head}${text}`
		])
	);
	const all = languages.map((tag) => texts.get(tag));
	if (name === undefined || all.includes(undefined) || texts.size !== all.length) return undefined;
	return `import { choose } from '${CHOOSE}';\nexport const ${name} = /*@__PURE__*/ choose(${all.join(', ')});\n`;
}

/** Makes the messages of a build compact. */
export function compactWords(): Plugin {
	const { baseLocale, locales } = settings;
	const languages = [baseLocale, ...locales.filter((tag) => tag !== baseLocale)];
	return {
		name: 'compact-words',
		apply: 'build',
		resolveId: (id) => (id === CHOOSE ? `\0${CHOOSE}` : undefined),
		load(id) {
			if (id !== `\0${CHOOSE}`) return undefined;
			return `import { getLocale } from '#lib/words/runtime.js';
const languages = ${JSON.stringify(languages)};
export const choose = (...texts) => (inputs = {}) => {
	const text = texts[languages.indexOf(getLocale())] ?? texts[0];
	return typeof text === 'string' ? text : text(inputs);
};`;
		},
		transform(code, id) {
			const compact = MESSAGE.test(id) ? compactMessage(code, languages) : undefined;
			return compact === undefined ? undefined : { code: compact, map: null };
		}
	};
}
