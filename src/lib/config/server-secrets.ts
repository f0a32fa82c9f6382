import { decodeClaims } from '#lib/core/jwt.ts';
import { pathTo } from './check.ts';

interface Leaf {
	readonly path: string;
	/** The key it stands under; inside a list, or under `value`, that of its parent. */
	readonly key: string;
	readonly text: string;
}

/**
 * Where in `value` something stands that only a server may know: by the name of its key, by its shape, or by standing
 * beside the public half of a pair. Returns paths, never a value. A page that got such a thing has published it.
 */
export function findServerSecrets(value: unknown, path: string): readonly string[] {
	const found = new Set<string>();
	const leaves: Leaf[] = [];
	const seen = new Set<object>();
	const left: { path: string; key: string; value: unknown }[] = [{ path, key: '', value }];
	for (let next = left.pop(); next; next = left.pop()) {
		if (typeof next.value === 'string') leaves.push({ path: next.path, key: next.key, text: next.value });
		if (typeof next.value !== 'object' || next.value === null || seen.has(next.value)) continue;
		seen.add(next.value);
		const isList = Array.isArray(next.value);
		for (const [name, inner] of Object.entries(next.value)) {
			const hidden = !isList && looksSecret(name);
			const at = pathTo(next.path, isList ? Number(name) : hidden ? '[secret]' : name);
			if (hidden) found.add(at);
			left.push({ path: at, key: isList || name === 'value' ? next.key : name, value: inner });
		}
	}
	const pairs = publicHalves(leaves);
	for (const leaf of leaves) if (isSecret(leaf, pairs)) found.add(leaf.path);
	return [...found].sort();
}

interface PublicHalves {
	readonly twilioKey: boolean;
	readonly liveKitKey: boolean;
}

function publicHalves(leaves: readonly Leaf[]): PublicHalves {
	const some = (shape: RegExp) => leaves.some(({ text }) => shape.test(text.trim()));
	return { twilioKey: some(/^SK[0-9a-f]{32}$/i), liveKitKey: some(/^API[A-Za-z0-9]{9,17}$/) };
}

function isSecret({ key, text }: Leaf, pairs: PublicHalves): boolean {
	const value = text.trim();
	if (isPlaceholder(value)) return false;
	if (namesSecret(key) || looksSecret(value)) return true;
	if (/^[0-9a-f]{32}$/i.test(value)) return namesToken(key);
	// Twilio's API key secrets have 32 characters, LiveKit's 43 or 44, both letters and digits.
	if (pairs.twilioKey && /^[A-Za-z0-9]{32}$/.test(value)) return isMixed(value);
	return pairs.liveKitKey && /^[A-Za-z0-9]{40,50}$/.test(value) && isMixed(value);
}

/** Nothing there yet: empty, an ellipsis, `<your secret>`, or nothing but a template of ours. */
function isPlaceholder(value: string): boolean {
	return /^(|…|\.{3}|x{3,}|\*+|<[^<>]*>|(\{[\w:-]*\})+)$/i.test(value);
}

const isMixed = (text: string) => /[0-9]/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text);

const SECRET_NAME = new RegExp(
	[
		'^(twilio|livekit|lk|supabase|openai|server|backend)?(api|apikey|client|app|jwt|signing|shared|webhook|account|access|key|auth|token|oauth|hmac)*' +
			'secret(access)?(key|token|value)?$',
		'^(twilio|account|server)*authtoken$',
		'servicerole(key|token|secret|jwt)?$',
		'^(supabase)?servicekey$',
		'privatekey(pem)?$',
		'^(openai|anthropic)(api)?key$'
	].join('|')
);

/** Whether nothing but a server's secret is ever called so. */
function namesSecret(key: string): boolean {
	return SECRET_NAME.test(key.toLowerCase().replace(/[^a-z0-9]/g, ''));
}

/** Whether 32 hex digits under this key are an auth token, and not one of the many ids of that form. */
function namesToken(key: string): boolean {
	const words = key
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter((word) => word !== '');
	const last = words.at(-1) ?? '';
	if (/^(secret|password|passwd|pass|auth|credentials?|authtoken)$/.test(last)) return true;
	return (
		last === 'token' && words.slice(0, -1).every((word) => /^(x|auth|twilio|account|api|access)$/.test(word))
	);
}

const SHAPES: readonly RegExp[] = [
	/-----BEGIN [A-Z ]{0,30}PRIVATE KEY/,
	// Keys that say by their beginning that they belong to a server.
	/(?<![\w-])sk-(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{20,}/,
	/(?<![\w-])sk-(proj|ant|svcacct|admin|or)-(?=[\w-]*\d)[\w-]{16,}/,
	/(?<![\w-])([sr]k_(live|test)|sb_secret|whsec|gh[pousr]|github_pat|xox[abprs])[_-][\w-]{16,}/,
	// Both halves of a pair in one text.
	/(?<!\w)(AC|SK)[0-9a-f]{32}\s*[:/,;|\s]\s*[A-Za-z0-9]{32}(?!\w)/i,
	/(?<!\w)API[A-Za-z0-9]{9,17}\s*[:/,;|\s]\s*[A-Za-z0-9]{40,50}(?!\w)/,
	// A line of an environment file.
	/(?<![A-Z0-9])(?:[A-Z0-9]+_)*(?:SECRET|SECRET_KEY|AUTH_TOKEN|SERVICE_ROLE_KEY|PRIVATE_KEY|OPENAI_API_KEY)\s*[=:]\s*["']?[\w+/.-]{8,}/,
	// A data base's address with its password.
	/(?<!\w)(postgres(ql)?|mysql|mongodb(\+srv)?|rediss?|amqps?):\/\/[^\s:/@]*:[^\s/@]+@/i
];

function looksSecret(text: string): boolean {
	return SHAPES.some((shape) => shape.test(text)) || holdsServiceRole(text) || holdsBasicPair(text);
}

/** Supabase's service-role key: a JWT whose role may do everything. The anonymous one is meant for pages. */
function holdsServiceRole(text: string): boolean {
	return [...text.matchAll(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g)].some(([jwt]) => {
		const claims = decodeClaims(jwt);
		return claims.ok && /^(service_role|supabase_admin)$/.test(String(claims.value.payload['role']));
	});
}

/** HTTP Basic with a key pair in it. */
function holdsBasicPair(text: string): boolean {
	const basic = /(?<!\w)Basic\s+([A-Za-z0-9+/]{24,}={0,2})/i.exec(text)?.[1];
	if (basic === undefined) return false;
	try {
		return SHAPES.some((shape) => shape.test(atob(basic)));
	} catch {
		return false;
	}
}
