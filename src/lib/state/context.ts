import { createContext } from 'svelte';
import type { Screen } from './screen.svelte.ts';

/** What the layout gives to every page and component below it. */
export const [useScreen, provideScreen] = createContext<Screen>();
