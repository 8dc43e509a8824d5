/*
 * Draws the charts of a report. Every chart is described by the JSON beside it: the columns and rows
 * of the table that is printed under it; web/report/shapes.js makes a chart of it.
 */
'use strict';
(() => {
	const zh = document.documentElement.lang.startsWith('zh');
	const words = zh ? { show: '展开', hide: '收起' } : { show: 'Show', hide: 'Hide' };
	const font = getComputedStyle(document.body).fontFamily;
	const shapes = echarts.makeShapes(echarts.paper, font, zh ? 'zh' : 'en');

	/* ---- Putting charts and boxes on the page. */
	function draw(place) {
		const figure = shapes.read(JSON.parse(document.getElementById(`figure-${place.dataset.figure}-data`).textContent));
		const { height, option } = shapes.plan(figure, place.clientWidth);
		place.style.height = `${height}px`;
		const chart = echarts.init(place, null, { renderer: 'svg' });
		chart.setOption(option);
		scaleWithPaper(place);
		return chart;
	}

	/* One chart that fails does not take the others with it; its table stays. */
	function tryToDraw(place) {
		try {
			return [draw(place)];
		} catch (error) {
			console.error(`figure ${place.dataset.figure}: ${error.stack}`);
			return [];
		}
	}

	/* With a view box the picture follows the width of the paper when it is printed. */
	function scaleWithPaper(place) {
		const svg = place.querySelector('svg');
		if (svg) svg.setAttribute('viewBox', `0 0 ${place.clientWidth} ${place.clientHeight}`);
	}

	function makeBox(box) {
		const button = document.createElement('button');
		const set = open => {
			box.classList.toggle('closed', !open);
			button.setAttribute('aria-expanded', String(open));
			button.textContent = `${open ? words.hide : words.show}${zh ? '' : ' '}${box.dataset.label}`;
		};
		button.type = 'button';
		button.addEventListener('click', () => set(box.classList.contains('closed')));
		box.prepend(button);
		set(box.dataset.open === 'yes');
	}

	document.querySelectorAll('.numbers').forEach(makeBox);
	const charts = [...document.querySelectorAll('.chart')].flatMap(tryToDraw);
	let waiting = 0;
	window.addEventListener('resize', () => {
		clearTimeout(waiting);
		waiting = setTimeout(() => {
			if (window.matchMedia('print').matches) return;
			charts.forEach(chart => { chart.resize(); scaleWithPaper(chart.getDom()); });
		}, 150);
	});
	document.documentElement.dataset.charts = String(charts.length);
})();
