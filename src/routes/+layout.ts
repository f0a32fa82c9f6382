// Every page becomes a real HTML file; with relative paths one build runs under any folder.
export const prerender = true;
export const ssr = true;
export const trailingSlash = 'always';
