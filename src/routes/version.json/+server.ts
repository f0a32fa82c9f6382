import { version } from '$app/env';
import { buildName } from '#lib/core/build-id.ts';

export const prerender = true;

/** Which build is published: an open page compares it with its own. */
export const GET = (): Response => Response.json(buildName(version));
