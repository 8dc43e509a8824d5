/*
 * A figure as an option of ECharts, one function for each shape: shared by the reports (report.js) and
 * the web application. Which column means what follows from its kind and order; see docs/report.md. No
 * number is computed here that the figure's table does not show.
 *
 * look: colours (names below), font, and the words of the reader's language. Gives read() and
 * plan(figure, width) -> { height, option }, and rowOf(figure, event) -> the row a click meant.
 */

/* Okabe and Ito's colours, told apart by colour-blind readers, darkened for white paper. */
export const paper = {
	palette: ['#0b62a4', '#e08a00', '#0a8a66', '#c2477f', '#4aa3d8', '#c94f0a', '#6b5b95',
		'#7d7a70', '#a88a00', '#3d5a5a', '#8fb8de', '#d9a7c7'],
	ink: '#22303c', soft: '#6a7681', rule: '#dfe4e8', pale: '#b9c2ca', ground: '#fff',
	heat: ['#f3f7fb', '#cfe1f2', '#93c0e2', '#4d94cb', '#1a67ad', '#0a3f7a'],
	hot: '#c94f0a', blank: '#0a8a66', greyed: '#cdd3d8', tail: '#9aa4ad', thin: '#8fb1cf', behind: '#b9d3e8',
	link: '#8795a1', onHeat: '#fff', onMark: '#fff',
};

const words = {
	zh: { incomplete: '尚未完全公开', hot: '热点', blank: '空白点', other: '其他' },
	en: { incomplete: 'not fully published yet', hot: 'hot spot', blank: 'blank spot', other: 'Other' },
};

export function makeShapes(look, font, language) {
	const { palette, ink, soft, rule, pale, ground, heat, hot, blank } = look;
	const said = words[language];
	/* More parts than colours: the colours again, paler. */
	const colourOf = k => k < palette.length ? { color: palette[k] } : { color: palette[k % palette.length], opacity: 0.5 };
	const symbols = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin'];
	const isMeasure = column => ['count', 'number', 'share'].includes(column.kind);

	/* ---- Reading a figure: the JSON of `yucheng analyse --figure`, rows as arrays. */
	const read = json => ({
		id: json.figure || json.id, shape: json.shape, columns: json.columns, source: json.rows, documents: json.documents,
		rows: json.rows.map(row => json.columns.map(column => row[column.name])),
		keys: json.rows.map(row => row._key || ''),
		incomplete: json.rows.flatMap((row, i) => row._incomplete ? [i] : []),
		notes: Object.fromEntries((json.notes || []).map(note => [note.name, note.value])),
		parts: (json.parts || []).map(read),
	});
	const categories = figure => figure.columns.map((c, i) => i).filter(i => !isMeasure(figure.columns[i]));
	const measures = figure => figure.columns.map((c, i) => i).filter(i => isMeasure(figure.columns[i]));
	const counts = figure => {
		const found = measures(figure).filter(i => figure.columns[i].kind === 'count');
		return found.length ? found : measures(figure);
	};
	const named = (figure, ...names) => figure.columns.findIndex(c => names.includes(c.name));
	const mainCount = figure => named(figure, 'count') >= 0 ? named(figure, 'count') : counts(figure)[0];
	const values = (figure, column) => figure.rows.map(row => row[column]);
	const distinct = list => [...new Set(list)];
	const text = value => value === null || value === undefined ? '–' : String(value);
	const isIncomplete = (figure, row) => figure.incomplete.includes(row);

	const show = (column, value) => {
		if (value === null || value === undefined) return '–';
		if (column.kind === 'share') return (value * 100).toFixed(1) + '%';
		if (column.kind === 'count') return Math.round(value).toLocaleString('en-US');
		if (column.kind === 'number') return String(Math.round(value * 100) / 100);
		return String(value);
	};
	const short = (value, limit) => {
		const letters = [...text(value)];
		let width = 0;
		for (let i = 0; i < letters.length; i++) {
			width += letters[i].codePointAt(0) > 0x2e7f ? 2 : 1;
			if (width > limit) return letters.slice(0, Math.max(1, i - 1)).join('') + '…';
		}
		return letters.join('');
	};
	const escape = value => text(value).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);
	/* All columns of a row, for the tooltip. */
	const describe = (figure, row) => figure.columns.map((column, i) =>
		i === 0 ? `<b>${escape(row[i])}</b>` : `${escape(column.label)}：${escape(show(column, row[i]))}`)
		.join('<br>');

	/* ---- Parts of charts. */
	const axisText = { color: soft, fontSize: 11, fontFamily: font };
	const categoryAxis = (data, more) => ({
		type: 'category', data, axisTick: { show: false }, axisLine: { lineStyle: { color: pale } },
		axisLabel: { ...axisText, hideOverlap: true }, ...more,
	});
	const valueAxis = (name, more) => ({
		type: 'value', name, nameTextStyle: { ...axisText, padding: [0, 0, 0, 0] },
		axisLabel: axisText, splitLine: { lineStyle: { color: rule } }, axisLine: { show: false }, ...more,
	});
	const legend = more => ({ top: 0, itemWidth: 16, itemHeight: 9, itemGap: 16, type: 'plain',
		textStyle: { color: ink, fontSize: 12, fontFamily: font }, ...more });
	const grid = more => ({ left: 12, right: 20, top: 36, bottom: 12, containLabel: true, ...more });
	const tooltip = formatter => ({ trigger: 'item', confine: true, formatter,
		textStyle: { fontSize: 12, color: ink, fontFamily: font } });
	const axisTooltip = { trigger: 'axis', confine: true, textStyle: { fontSize: 12, color: ink, fontFamily: font } };
	const greyed = { color: look.greyed, borderColor: look.tail, borderType: 'dashed', borderWidth: 1 };

	/* ---- One function per shape: gives { height, option }. */

	/* Ranking: names down, the main count to the right; citations of both kinds side by side. */
	function bars(figure) {
		const name = named(figure, 'name') >= 0 ? named(figure, 'name') : categories(figure)[0];
		const cited = counts(figure).filter(c => figure.columns[c].name.startsWith('cited_by_'));
		const shown = cited.length > 1 ? cited : [mainCount(figure)];
		return {
			height: 48 + figure.rows.length * (shown.length > 1 ? 34 : 26) + (shown.length > 1 ? 28 : 0),
			option: {
				grid: grid({ top: shown.length > 1 ? 34 : 8, right: 56 }),
				legend: shown.length > 1 ? legend() : undefined,
				tooltip: tooltip(p => describe(figure, figure.rows[p.dataIndex])),
				xAxis: valueAxis('', { splitNumber: 4, minInterval: 1 }),
				yAxis: categoryAxis(values(figure, name).map(text), { inverse: true,
					axisLabel: { ...axisText, color: ink, fontSize: 12, interval: 0,
						formatter: v => short(v, 30) } }),
				series: shown.map((value, k) => ({ type: 'bar', name: figure.columns[value].label, barMaxWidth: shown.length > 1 ? 11 : 16,
					itemStyle: { color: palette[k], borderRadius: [0, 2, 2, 0] },
					label: { show: true, position: 'right', color: ink, fontSize: shown.length > 1 ? 10 : 11,
						formatter: p => show(figure.columns[value], p.value) },
					data: figure.rows.map((row, i) => ({ value: row[value],
						itemStyle: isIncomplete(figure, i) ? greyed : undefined })) })),
			},
		};
	}

	/* Counts as columns; a moving mean as a line; those that leave, below the axis. */
	function columns(figure) {
		const x = figure.columns.findIndex(c => c.kind === 'year') < 0 ? categories(figure)[0] || 0 :
			figure.columns.findIndex(c => c.kind === 'year');
		const shown = counts(figure).filter(c => c !== x);
		const mean = named(figure, 'mean3'), down = named(figure, 'leavers');
		const active = named(figure, 'active');   /* a stock beside flows: drawn where they balance, else only in the table */
		const lines = [mean, down < 0 ? -1 : active].filter(c => c >= 0);
		const upright = shown.filter(c => !lines.includes(c) && c !== active);
		const labelled = figure.rows.length <= 16 && upright.length === 1;
		const drawn = [...upright, ...lines];
		const column = (c, k) => ({ type: 'bar', name: figure.columns[c].label, barMaxWidth: 34,
			stack: down < 0 ? undefined : 'both', itemStyle: { color: palette[k], borderRadius: c === down ? 0 : [2, 2, 0, 0] },
			label: { show: labelled, position: 'top', color: ink, fontSize: 11,
				formatter: p => show(figure.columns[c], p.value) },
			data: figure.rows.map((row, i) => ({ value: c === down ? -row[c] : row[c],
				itemStyle: isIncomplete(figure, i) ? greyed : undefined })) });
		return {
			height: 320,
			option: {
				legend: drawn.length > 1 ? legend({ data: drawn.map(c => figure.columns[c].label) }) : undefined,
				grid: grid({ top: drawn.length > 1 ? 44 : 28 }),
				tooltip: { ...axisTooltip, valueFormatter: v => typeof v === 'number' ? Math.abs(Math.round(v * 10) / 10).toLocaleString('en-US') : '–' },
				xAxis: categoryAxis(values(figure, x).map(text), figure.rows.length <= 12 && figure.columns[x].kind === 'text' ?
					{ axisLabel: { ...axisText, interval: 0, formatter: v => short(v, 14) } } : { axisLine: { onZero: true, lineStyle: { color: pale } } }),
				yAxis: valueAxis('', { axisLabel: { ...axisText, formatter: v => Math.abs(v).toLocaleString('en-US') } }),
				series: [...upright.map(column), ...lines.flatMap((c, k) => lineWithTail(figure, c, k + upright.length,
					{ symbol: 'circle', symbolSize: 4 }))],
			},
		};
	}

	/* A line whose incomplete tail goes on dashed and grey. */
	function lineWithTail(figure, column, k, more) {
		const last = figure.rows.findIndex((row, i) => isIncomplete(figure, i));
		const end = last < 0 ? figure.rows.length : last;
		const label = figure.columns[column].label;
		const { thin, ...rest } = more;
		const colour = thin ? look.thin : palette[k];
		const base = { type: 'line', symbol: symbols[k % symbols.length], symbolSize: 6, ...rest };
		const solid = { ...base, name: label, itemStyle: { color: colour },
			lineStyle: { width: thin ? 1.2 : 2.2, type: thin ? 'dashed' : 'solid', color: colour },
			data: figure.rows.map((row, i) => i < end ? row[column] : null) };
		const tail = { ...base, name: `${label}（${said.incomplete}）`, symbol: 'emptyCircle',
			lineStyle: { width: 1.6, type: 'dashed', color: look.tail }, itemStyle: { color: look.tail },
			data: figure.rows.map((row, i) => i >= end - 1 ? row[column] : null) };
		return end < figure.rows.length ? [solid, tail] : [solid];
	}

	/* x is the first column. Shares alone when there are any; else counts, or numbers. */
	function line(figure) {
		const all = measures(figure).filter(c => c !== 0);
		const shares = all.filter(c => figure.columns[c].kind === 'share');
		const some = shares.length ? shares : counts(figure).filter(c => c !== 0).length ?
			counts(figure).filter(c => c !== 0) : all;
		const fitted = named(figure, 'fitted');
		const drawn = fitted < 0 ? some : [...new Set([...some, fitted])];
		const bar = fitted < 0 ? -1 : named(figure, 'count');
		return {
			height: 330,
			option: {
				legend: legend({ data: drawn.map(c => figure.columns[c].label) }),
				grid: grid({ top: 56, right: 28, bottom: 24 }), tooltip: axisTooltip,
				xAxis: categoryAxis(values(figure, 0).map(text), { boundaryGap: bar >= 0,
					...(figure.columns[0].kind === 'year' ? {} : { name: figure.columns[0].label,
						nameLocation: 'middle', nameGap: 28, nameTextStyle: axisText }) }),
				yAxis: valueAxis('', shares.length ?
					{ axisLabel: { ...axisText, formatter: v => Math.round(v * 100) + '%' } } : {}),
				series: drawn.flatMap((column, k) => column === bar ?
					[{ type: 'bar', name: figure.columns[column].label, barMaxWidth: 26,
						itemStyle: { color: look.behind },
						data: figure.rows.map((row, i) => ({ value: row[column],
							itemStyle: isIncomplete(figure, i) ? greyed : undefined })) }] :
					lineWithTail(figure, column, k, lineStyleOf(figure, column))),
			},
		};
	}
	const lineStyleOf = (figure, column) => {
		const name = figure.columns[column].name;
		if (name === 'fitted') return { symbol: 'none', smooth: true };
		if (['low', 'high'].includes(name)) return { symbol: 'none', step: 'end', thin: true };
		return name === 'survival' ? { symbol: 'none', step: 'end' } : {};
	};

	/* Long form (x, part, count) or wide form (x, count, count …). */
	function stackedParts(figure) {
		const names = categories(figure);
		if (names.length < 2)
			return { x: values(figure, names[0]).map(text),
				parts: counts(figure).map(c => ({ name: figure.columns[c].label, data: values(figure, c), rows: figure.rows })),
				tail: i => isIncomplete(figure, i) };
		const [x, part] = figure.columns[names[1]].kind === 'year' ? [names[1], names[0]] : names;
		const value = mainCount(figure);
		let places = distinct(values(figure, x).map(text));
		if (figure.columns[x].kind === 'year') places = places.sort();
		const grey = new Set(figure.rows.filter((row, i) => isIncomplete(figure, i)).map(row => text(row[x])));
		return { x: places, tail: i => grey.has(places[i]),
			parts: distinct(values(figure, part).map(text)).map(name => {
				const data = places.map(() => 0), rows = [];
				figure.rows.forEach(row => {
					const place = places.indexOf(text(row[x]));
					if (text(row[part]) === name) [data[place], rows[place]] = [row[value], row];
				});
				return { name, data, rows };
			}) };
	}

	function stacked(figure) {
		const { x, parts, tail } = stackedParts(figure);
		const many = x.some(v => [...v].length > 8);
		const along = categoryAxis(x, many ? { inverse: true, axisLabel: { ...axisText, color: ink, interval: 0,
			formatter: v => short(v, 28) } } : {});
		return {
			height: many ? 72 + x.length * 28 : 340,
			option: {
				legend: legend({ formatter: v => short(v, 24) }),
				grid: grid({ top: 28 + 22 * Math.ceil(parts.length / 5) }), tooltip: axisTooltip,
				xAxis: many ? valueAxis('') : along, yAxis: many ? along : valueAxis(''),
				series: parts.map((part, k) => ({ type: 'bar', name: part.name, stack: 'all', barMaxWidth: many ? 18 : 34,
					itemStyle: { ...colourOf(k), borderColor: ground, borderWidth: 0.5 },
					data: part.data.map((value, i) => ({ value, row: part.rows[i],
						itemStyle: tail(i) ? { opacity: 0.45 } : undefined })) })),
			},
		};
	}

	/* Beside the ring when there is room, else below it. */
	const narrowRing = 560;

	/* Parts that overlap, as an applicant of two types, are no ring: their sum is more than the whole. */
	function ring(figure, width) {
		const name = categories(figure)[0], value = mainCount(figure);
		const total = values(figure, value).reduce((a, b) => a + (b || 0), 0);
		if (figure.rows.length > 9 || total > figure.documents) return bars(figure);
		const isNarrow = width < narrowRing, middle = isNarrow ? ['50%', '36%'] : ['32%', '50%'];
		const place = isNarrow ? { orient: 'horizontal', left: 'center', bottom: 0, top: 'auto', itemGap: 8 } :
			{ orient: 'vertical', top: 'middle', left: '58%', itemGap: 12 };
		return {
			height: 280,
			option: {
				tooltip: tooltip(p => describe(figure, figure.rows[p.dataIndex])),
				legend: legend({ ...place, itemWidth: 12, itemHeight: 12,
					formatter: v => {
						const row = figure.rows.find(r => text(r[name]) === v);
						return `${short(v, 24)}   ${show(figure.columns[value], row[value])}` +
							(total ? `   ${(row[value] / total * 100).toFixed(1)}%` : '');
					} }),
				title: { text: Math.round(total).toLocaleString('en-US'), left: isNarrow ? '49.5%' : '31.5%', top: isNarrow ? '31%' : 'middle', textAlign: 'center',
					textStyle: { fontSize: isNarrow ? 18 : 22, color: ink, fontFamily: font, fontWeight: 600 } },
				series: [{ type: 'pie', radius: isNarrow ? ['44%', '68%'] : ['52%', '82%'], center: middle, label: { show: false },
					itemStyle: { borderColor: ground, borderWidth: 2 },
					data: figure.rows.map((row, i) => ({ name: text(row[name]), value: row[value],
						itemStyle: { color: palette[i % palette.length] } })) }],
			},
		};
	}

	/* Two categories and a count. The column "class" says hot or blank; without row a cell is empty. */
	function cells(figure) {
		const names = categories(figure).filter(c => figure.columns[c].name !== 'class');
		let [down, across] = names;
		if (figure.columns[down].kind === 'year') [down, across] = [across, down];
		let xs = distinct(values(figure, across).map(text));
		if (figure.columns[across].kind === 'year') xs = xs.sort();
		const ys = distinct(values(figure, down).map(text));
		const value = mainCount(figure);
		return { xs, ys, value, across, down, list: figure.rows.map((row, i) => ({ row, grey: isIncomplete(figure, i),
			x: xs.indexOf(text(row[across])), y: ys.indexOf(text(row[down])), n: row[value],
			mark: figure.keys[i] })) };
	}
	const isHot = mark => mark === 'hot';
	const isBlank = mark => mark === 'blank';
	const matrixAxes = (found, figure) => {
		const slanted = found.xs.length > 8 || found.xs.some(v => [...v].length > 6 && found.xs.length > 5);
		return {
			xAxis: categoryAxis(found.xs, { position: 'top', splitLine: { show: true, lineStyle: { color: rule } },
				axisLabel: { ...axisText, color: ink, interval: 0,
					rotate: slanted && figure.columns[found.across].kind !== 'year' ? 35 :
						found.xs.length > 14 ? 45 : 0,
					formatter: v => short(v, 18) } }),
			yAxis: categoryAxis(found.ys, { inverse: true, splitLine: { show: true, lineStyle: { color: rule } },
				axisLabel: { ...axisText, color: ink, interval: 0, formatter: v => short(v, 26) } }),
		};
	};
	const markLegend = list => [
		...(list.some(c => isHot(c.mark)) ? [{ name: said.hot, icon: 'rect', itemStyle: { color: 'transparent', borderColor: hot, borderWidth: 2.5 } }] : []),
		...(list.some(c => isBlank(c.mark)) ? [{ name: said.blank, icon: 'rect', itemStyle: { color: 'transparent', borderColor: blank, borderWidth: 2.5 } }] : []),
	];
	/* What is drawn last keeps its frame whole. */
	const framedLast = list => [...list].sort((a, b) => Number(isHot(a.mark) || isBlank(a.mark)) - Number(isHot(b.mark) || isBlank(b.mark)));
	/* Series without points of their own: entries of the legend. */
	const legendOnly = entries => entries.map(e => ({ type: 'scatter', name: e.name, data: [], symbol: e.icon, itemStyle: e.itemStyle }));

	function heatMap(figure) {
		const found = cells(figure), marks = markLegend(found.list);
		const most = Math.max(1, ...found.list.map(c => c.n || 0));
		const column = figure.columns[found.value];
		return {
			height: 96 + found.ys.length * 34 + (marks.length ? 26 : 0),
			option: {
				grid: grid({ top: 14, bottom: marks.length ? 40 : 12 }),
				legend: marks.length ? legend({ top: 'bottom', data: marks }) : undefined,
				tooltip: tooltip(p => describe(figure, p.data.row)), ...matrixAxes(found, figure),
				visualMap: { show: false, min: 0, max: Math.sqrt(most), dimension: 3, seriesIndex: 0, inRange: { color: heat } },
				series: [{ type: 'heatmap', label: { show: true, fontSize: 11, formatter: p => show(column, p.data.n) },
					data: framedLast(found.list).map(c => ({ value: [c.x, c.y, c.n, Math.sqrt(Math.max(0, c.n || 0))], n: c.n, row: c.row,
						label: { color: c.grey ? soft : (c.n || 0) > most * 0.36 ? look.onHeat : ink },
						itemStyle: { borderColor: isHot(c.mark) ? hot : isBlank(c.mark) ? blank : ground,
							borderWidth: c.mark && (isHot(c.mark) || isBlank(c.mark)) ? 2.5 : 1,
							borderType: isBlank(c.mark) ? 'dashed' : 'solid' } })) },
				...legendOnly(marks)],
			},
		};
	}

	function bubbles(figure) {
		if (categories(figure).length < 2) return quadrant(figure);
		const found = cells(figure), marks = markLegend(found.list);
		const most = Math.max(1, ...found.list.map(c => c.n || 0));
		const column = figure.columns[found.value];
		const room = Math.min(42, 620 / Math.max(1, found.xs.length));
		const diameter = c => c.n > 0 ? Math.max(6, Math.sqrt(c.n / most) * room) : room * 0.55;
		const inside = c => diameter(c) > (c.n > 99 ? 24 : 17);
		const beside = found.xs.length <= 12;
		const colour = c => c.grey ? look.greyed : isHot(c.mark) ? hot : palette[0];
		return {
			height: 96 + found.ys.length * 44 + (marks.length ? 26 : 0),
			option: {
				grid: grid({ top: 14, bottom: marks.length ? 40 : 12 }),
				legend: marks.length ? legend({ top: 'bottom', data: marks }) : undefined,
				tooltip: tooltip(p => describe(figure, p.data.row)), ...matrixAxes(found, figure),
				series: [{ type: 'scatter', name: column.label,
					data: found.list.filter(c => c.n > 0 || isBlank(c.mark)).map(c => ({ value: [c.x, c.y], n: c.n, row: c.row,
						symbol: isBlank(c.mark) && !c.n ? 'rect' : 'circle',
						symbolSize: diameter(c),
						itemStyle: isBlank(c.mark) ? { color: c.n ? palette[0] : 'transparent', opacity: 0.85, borderColor: blank, borderType: 'dashed', borderWidth: 2 } :
							{ color: colour(c), opacity: 0.78 },
						label: { show: c.n > 0 && (inside(c) || beside), position: inside(c) ? 'inside' : 'right', distance: 2, fontSize: 10,
							color: inside(c) ? look.onMark : soft, formatter: () => show(column, c.n) } })) },
				...legendOnly(marks)],
			},
		};
	}

	/* Year, x, y: the path of a technology. */
	function path(figure) {
		const [name] = categories(figure), [x, y] = measures(figure);
		const last = figure.rows.findIndex((row, i) => isIncomplete(figure, i));
		const end = last < 0 ? figure.rows.length : last;
		const step = Math.max(1, Math.round(figure.rows.length / 12));
		const point = (row, i) => ({ value: [row[x], row[y]], name: text(row[name]), row,
			label: { show: i % step === 0 || i >= end - 1, position: i % 2 ? 'bottom' : 'top', color: i >= end ? soft : ink,
				fontSize: 11, formatter: p => p.name } });
		const base = { type: 'line', symbol: 'circle', symbolSize: 7, labelLayout: { hideOverlap: true } };
		return {
			height: 360,
			option: {
				grid: grid({ top: 40, bottom: 30, right: 110 }), tooltip: tooltip(p => describe(figure, p.data.row)),
				xAxis: valueAxis(figure.columns[x].label, { nameLocation: 'end', scale: true }),
				yAxis: valueAxis(figure.columns[y].label, { scale: true }),
				series: [
					{ ...base, lineStyle: { color: palette[0], width: 2 }, itemStyle: { color: palette[0] },
						data: figure.rows.slice(0, end).map(point) },
					{ ...base, symbol: 'emptyCircle', lineStyle: { color: look.tail, type: 'dashed' }, itemStyle: { color: look.tail },
						data: figure.rows.map(point).slice(Math.max(0, end - 1)) },
				],
			},
		};
	}

	function quadrant(figure) {
		const [name] = categories(figure), x = named(figure, 'count', 'share'), y = named(figure, 'growth');
		const size = named(figure, 'recent') < 0 ? x : named(figure, 'recent');
		const has = figure.rows.filter(row => row[x] !== null && row[y] !== null);
		const middle = column => {
			const sorted = has.map(row => row[column]).sort((a, b) => a - b);
			return sorted.length ? sorted[Math.floor(sorted.length / 2)] : 0;
		};
		const most = Math.max(1, ...has.map(row => row[size] || 0));
		const axis = column => valueAxis(figure.columns[column].label, { scale: true, nameLocation: 'middle', nameGap: column === x ? 32 : 52,
			axisLabel: { ...axisText, formatter: v => figure.columns[column].kind === 'share' ? Math.round(v * 100) + '%' : v.toLocaleString('en-US') } });
		return {
			height: 420,
			option: {
				grid: grid({ top: 28, bottom: 40, left: 44, right: 60 }), tooltip: tooltip(p => describe(figure, p.data.row)),
				xAxis: axis(x), yAxis: axis(y),
				series: [{ type: 'scatter',
					data: has.map((row, i) => ({ value: [row[x], row[y]], row, name: text(row[name]),
						symbolSize: 8 + 34 * Math.sqrt((row[size] || 0) / most),
						itemStyle: { color: palette[i % palette.length], opacity: 0.8 } })),
					label: { show: true, position: 'top', color: ink, fontSize: 11, formatter: p => short(p.name, 20) },
					labelLayout: { hideOverlap: true, moveOverlap: 'shiftY' },
					markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: soft, type: 'dashed' },
						data: [{ xAxis: middle(x) }, { yAxis: middle(y) }] } }],
			},
		};
	}

	/* Rows are the nodes with their places; the part "links" has the edges by names. */
	function network(figure, width, height = 500) {
		const at = Object.fromEntries(figure.columns.map((c, i) => [c.name, i]));
		const links = figure.parts.find(part => part.id === 'links');
		const [from, to, weight] = ['source', 'target', 'weight'].map(n => links ? named(links, n) : -1);
		const most = Math.max(1, ...values(figure, at.count));
		const heaviest = links ? Math.max(1, ...values(links, weight)) : 1;
		/* Coordinates in pixels of the box they fill, or circles become ellipses. */
		const distinctNames = distinct(values(figure, at.name)).length === figure.rows.length;
		const called = (row, i) => distinctNames ? text(row[at.name]) : figure.keys[i] || text(row[at.name]);
		const span = column => [Math.min(...values(figure, column)), Math.max(...values(figure, column))];
		const [left, right] = span(at.x), [top, bottom] = span(at.y);
		const place = (value, from, to, room) => to > from ? (value - from) / (to - from) * room : room / 2;
		const ids = new Map(figure.rows.map((row, i) => [text(row[at.name]), String(i)]).reverse());
		const labelled = new Set([...figure.rows].sort((a, b) => b[at.count] - a[at.count]).slice(0, 26).map(row => row[at.name]));
		return {
			height,
			option: {
				tooltip: tooltip(p => p.dataType === 'edge' ? escape(`${p.data.ends}：${p.data.weight}`) :
					describe(figure, p.data.row)),
				series: [{ type: 'graph', layout: 'none', left: 70, right: 70, top: 24, bottom: 34, roam: false,
					data: figure.rows.map((row, i) => ({ id: String(i), name: called(row, i), row,
						x: place(row[at.x], left, right, width - 140), y: place(row[at.y], top, bottom, height - 58),
						symbolSize: 6 + 30 * Math.sqrt(row[at.count] / most),
						itemStyle: { color: palette[(row[at.community] || 0) % palette.length], borderColor: ground, borderWidth: 1 },
						label: { show: labelled.has(row[at.name]), position: 'bottom', distance: 3, color: ink, fontSize: 10.5,
							formatter: p => short(p.name, 20) } })),
					labelLayout: { hideOverlap: true },
					links: (links ? links.rows : []).filter(row => ids.has(text(row[from])) && ids.has(text(row[to]))).map(row => ({
						source: ids.get(text(row[from])), target: ids.get(text(row[to])), weight: row[weight], ends: `${text(row[from])} – ${text(row[to])}`,
						lineStyle: { width: 0.8 + 4 * Math.sqrt(row[weight] / heaviest), color: look.link, opacity: 0.5, curveness: 0.06 } })) }],
			},
		};
	}

	/* A tree: by path "1.2" when the first column is one, else a flat list of name and count. */
	function tree(figure) {
		const [first] = categories(figure), value = mainCount(figure);
		const symbol = named(figure, 'symbol');
		const label = symbol >= 0 ? symbol : named(figure, 'name') < 0 ? first : named(figure, 'name');
		const nodes = new Map(), top = [];
		figure.rows.forEach((row, i) => {
			const key = text(row[first]), node = { name: text(row[label]), value: Math.max(0, row[value] || 0), row, children: [] };
			const above = nodes.get(key.replace(/\.[^.]*$/, ''));
			nodes.set(key, node);
			if (above && above !== node && key.includes('.')) above.children.push(node);
			else { node.itemStyle = { color: palette[top.length % palette.length] }; top.push(node); }
		});
		nodes.forEach(node => { if (!node.children.length) delete node.children; });
		return {
			height: 400,
			option: {
				tooltip: tooltip(p => p.data && p.data.row ? describe(figure, p.data.row) : ''),
				series: [{ type: 'treemap', left: 0, right: 0, top: 4, bottom: 4, roam: false, nodeClick: false, breadcrumb: { show: false },
					label: { fontSize: 12, color: look.onMark, fontFamily: font, formatter: p => `${p.name}\n${show(figure.columns[value], p.value)}` },
					upperLabel: { show: true, height: 24, color: ink, fontSize: 12, fontFamily: font, formatter: p => `${p.name}  ${show(figure.columns[value], p.value)}` },
					itemStyle: { borderColor: ground, borderWidth: 1, gapWidth: 1 },
					levels: [{ itemStyle: { borderWidth: 0, gapWidth: 3 }, upperLabel: { show: false } },
						{ itemStyle: { gapWidth: 2 } }, { itemStyle: { gapWidth: 1 }, colorAlpha: [0.78, 1] }, { colorAlpha: [0.66, 0.9] }],
					data: top }],
			},
		};
	}

	function sankey(figure) {
		const [from, to] = categories(figure), value = counts(figure)[0];
		const left = '\u200b';   /* the same place may stand on both sides */
		const rows = figure.rows.filter(row => row[value] > 0);
		const nodes = distinct([...rows.map(r => text(r[from])), ...rows.map(r => text(r[to]) + left)]);
		return {
			height: 180 + 32 * Math.max(distinct(rows.map(r => r[from])).length, distinct(rows.map(r => r[to])).length),
			option: {
				tooltip: tooltip(p => p.data.row ? describe(figure, p.data.row) : escape(p.name.replace(left, ''))),
				series: [{ type: 'sankey', left: 12, right: 150, top: 16, bottom: 20, nodeWidth: 14, nodeGap: 18, draggable: false,
					label: { color: ink, fontSize: 12, fontFamily: font, formatter: p => short(p.name.replace(left, ''), 24) },
					lineStyle: { color: 'source', opacity: 0.32 },
					data: nodes.map((name, i) => ({ name, itemStyle: { color: palette[i % palette.length] } })),
					links: rows.map(row => ({ source: text(row[from]), target: text(row[to]) + left, value: row[value], row })) }],
			},
		};
	}

	/* Wide: name and one column an axis. Each axis runs from 0 to its largest value. */
	function radar(figure) {
		const name = categories(figure)[0], ready = measures(figure).filter(c => /_index$/.test(figure.columns[c].name));
		const axes = ready.length ? ready : measures(figure);
		return {
			height: 420,
			option: {
				legend: legend({ formatter: v => short(v, 26) }),
				tooltip: tooltip(p => describe(figure, figure.rows[p.dataIndex])),
				radar: { center: ['50%', '57%'], radius: '66%', splitNumber: 4, axisName: { color: ink, fontSize: 12, fontFamily: font },
					splitArea: { show: false }, splitLine: { lineStyle: { color: rule } }, axisLine: { lineStyle: { color: rule } },
					indicator: axes.map(c => ({ name: figure.columns[c].label, min: 0,
						max: ready.length ? 100 : Math.max(1e-9, ...values(figure, c).map(v => v || 0)) })) },
				series: [{ type: 'radar', data: figure.rows.slice(0, 6).map((row, k) => ({ name: text(row[name]), value: axes.map(c => row[c] || 0),
					symbol: symbols[k % symbols.length], symbolSize: 6, lineStyle: { width: 2, color: palette[k] }, itemStyle: { color: palette[k] },
					areaStyle: { color: palette[k], opacity: 0.06 } })) }],
			},
		};
	}

	/* Date or year, lane, label: points along lanes. */
	function timeline(figure) {
		const when = figure.columns.findIndex(c => c.kind === 'year' || c.kind === 'date');
		const [label, lane] = categories(figure).filter(c => c !== when);
		const lanes = lane === undefined ? [''] : distinct(values(figure, lane).map(text));
		const time = value => figure.columns[when].kind === 'year' ? value : Number(value.slice(0, 4)) + (Number(value.slice(5, 7)) - 1) / 12;
		const rows = figure.rows.filter(row => row[when] !== null && row[when] !== '–');
		return {
			height: Math.max(220, 90 + lanes.length * 64),
			option: {
				grid: grid({ top: 20, right: 40 }), tooltip: tooltip(p => describe(figure, p.data.row)),
				xAxis: valueAxis('', { scale: true, minInterval: 1, min: span => Math.floor(span.min) - 1, axisLabel: { ...axisText, formatter: v => String(v) } }),
				yAxis: categoryAxis(lanes, { inverse: true, splitLine: { show: true, lineStyle: { color: rule } }, axisLabel: { ...axisText, color: ink, formatter: v => short(v, 24) } }),
				series: [{ type: 'line', silent: true, symbol: 'none', lineStyle: { color: pale, width: 1.5 },
					data: figure.id === 'main_path' ? rows.map(row => [time(row[when]), lane === undefined ? '' : text(row[lane])]) : [] },
				{ type: 'scatter', symbolSize: 11, labelLayout: { hideOverlap: true },
					data: rows.map((row, i) => ({ value: [time(row[when]), lane === undefined ? '' : text(row[lane])], row,
						itemStyle: { color: palette[(lane === undefined ? 0 : lanes.indexOf(text(row[lane]))) % palette.length] },
						label: { show: true, position: i % 2 ? 'bottom' : 'top', fontSize: 10.5, color: ink, formatter: () => short(row[label], 18) } })) }],
			},
		};
	}

	const shapes = { bars, columns, line, stacked, ring, heat: heatMap, bubbles, path, network, tree, sankey, map: bars, radar,
		timeline, quadrant };

	/* The row a click meant, as the figure's JSON has it; null when the mark stands for none. */
	function rowOf(figure, event) {
		const tables = [figure, ...figure.parts];
		const given = event.data && event.data.row;
		for (const table of given ? tables : []) {
			const at = table.rows.indexOf(given);
			if (at >= 0) return table.source[at];
		}
		const isAlong = ['bars', 'map', 'columns', 'line', 'ring', 'radar'].includes(figure.shape) && event.componentType === 'series';
		return isAlong ? figure.source[event.dataIndex] || null : null;
	}

	return { read, rowOf, show,
		has: shape => shape in shapes,
		/* wanted: a height, for the shapes that are laid out in pixels. */
		plan: (figure, width, wanted) => {
			const { height, option } = shapes[figure.shape](figure, width, wanted);
			return { height, option: { animation: false, color: palette, textStyle: { fontFamily: font }, ...option } };
		} };
}
