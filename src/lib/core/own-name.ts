/**
 * The name of one thing of the phone whose folder is `path` (`/softphone/`): `offhook:/softphone/:settings`. No name of one
 * phone begins like those of another: a colon, which a path may hold, is written %3A. `thing` '' gives what all of them
 * begin with.
 */
export const ownName = (path: string, thing: string): string =>
	`offhook:${path.replaceAll(':', '%3A')}:${thing}`;
