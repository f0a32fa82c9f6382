type Row = readonly string[];

/** Rows of each table, the head first. */
export type Tables = Readonly<Record<string, () => readonly Row[]>>;

/** The page with each table between `<!-- table: name -->` and `<!-- end -->` written anew. */
export function freshTables(page: string, tables: Tables): string {
	return page.replace(
		/<!-- table: (\w+) -->[\s\S]*?<!-- end -->/g,
		(_, name: string) => `<!-- table: ${name} -->\n\n${markdown(tables[name]?.() ?? [])}\n\n<!-- end -->`
	);
}

/** Padded as prettier pads it. */
function markdown(rows: readonly Row[]): string {
	const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
	const widths = (escaped[0] ?? []).map((_, column) =>
		Math.max(3, ...escaped.map((row) => row[column]?.length ?? 0))
	);
	const line = (row: Row): string =>
		`| ${widths.map((width, i) => (row[i] ?? '').padEnd(width)).join(' | ')} |`;
	const rule = line(widths.map((width) => '-'.repeat(width)));
	return escaped.flatMap((row, i) => (i === 0 ? [line(row), rule] : [line(row)])).join('\n');
}
