import adapter from '@sveltejs/adapter-static';

// The floor that start-up is measured against: what SvelteKit costs with one button on the page.
export default { kit: { adapter: adapter(), paths: { relative: true } } };
