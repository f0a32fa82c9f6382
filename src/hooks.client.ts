import type { HandleClientError } from '@sveltejs/kit';

/** An error of a page or a component goes where all uncaught ones go: to the log of the page, and to the console. */
export const handleError: HandleClientError = ({ error, status, message }) => {
	if (status !== 404) reportError(error);
	return { message };
};
