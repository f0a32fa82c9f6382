import type { WordFacts } from './word-facts.ts';

export type Who = 'you' | 'admin' | 'developer';
type Text = (facts: WordFacts) => string;

/** What is wrong, why, and what to do and who does it, in that order of trying. */
export type CauseRow = readonly [title: Text, why: Text, ...fixes: (readonly [who: Who, todo: Text])[]];
export type RowsOf = Readonly<Record<string, CauseRow>>;
