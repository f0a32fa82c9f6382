/** What the first paint does without: the words about faults and ends. */
export { endWords } from './next-words.ts';
export { faultWords } from './fault-words.ts';
