/*
 * Opens reports in a real browser: node report.mjs OUTPUT_FOLDER REPORT.html… [--quick REPORT.html…]
 * Fails on a console message, on any request, on a chart that is missing, blank or runs out of its
 * box, and on script smuggled in by a title. Leaves screenshots and a PDF in the output folder.
 * Behind --quick charts are judged by what they drew alone, without their pixels. Exit status 77
 * when there is no Chromium.
 */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';

const [output, ...rest] = process.argv.slice(2);
const quick = rest.includes('--quick') ? rest.slice(rest.indexOf('--quick') + 1) : [];
const reports = rest.filter(file => file !== '--quick');
const browserPath = process.env.YUCHENG_CHROMIUM || '/usr/bin/chromium';
const require = createRequire(new URL('../../web/package.json', import.meta.url));

if (!existsSync(browserPath)) {
	console.error(`skipped: no browser at ${browserPath}`);
	process.exit(77);
}
const { chromium } = require('playwright-core');
const browser = await chromium.launch({ executablePath: browserPath, args: ['--headless', '--no-sandbox', '--disable-gpu',
	'--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const problems = [];
let checks = 0;

function check(holds, message) {
	checks++;
	if (!holds) problems.push(message);
}

/* What a chart shows: its marks, and texts that leave its box or lie on one another. */
function inspect(place) {
	const svg = place.querySelector('svg');
	if (!svg) return { marks: 0, outside: [], overlapping: [] };
	const box = svg.getBoundingClientRect();
	/* The boxes of slanted labels cross where the labels do not. */
	const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim()).map(t => ({ text: t.textContent, box: t.getBoundingClientRect(),
		isSlanted: t.getScreenCTM().b !== 0 }));
	const outside = texts.filter(t => t.box.left < box.left - 1 || t.box.right > box.right + 1 || t.box.top < box.top - 1 || t.box.bottom > box.bottom + 1);
	const overlapping = [];
	for (let i = 0; i < texts.length; i++)
		for (let k = i + 1; k < texts.length; k++) {
			const [a, b] = [texts[i].box, texts[k].box];
			const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
			const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
			if (!texts[i].isSlanted && !texts[k].isSlanted && width > 3 && height > Math.min(a.height, b.height) / 2)
				overlapping.push(`${texts[i].text} × ${texts[k].text}`);
		}
	const seen = [...svg.querySelectorAll('path, rect, circle, polygon, polyline')].filter(node => {
		const { width, height } = node.getBoundingClientRect();
		const style = getComputedStyle(node);
		return (width > 0 || height > 0) && (style.fill !== 'none' || style.stroke !== 'none');
	});
	return { marks: seen.length, outside: outside.map(t => t.text), overlapping,
		colours: new Set(seen.flatMap(n => [getComputedStyle(n).fill, getComputedStyle(n).stroke])).size };
}

/* Runs in an empty page: how much the picture's pixels differ. */
async function variance(page, png) {
	return page.evaluate(async data => {
		const image = new Image();
		image.src = data;
		await image.decode();
		const canvas = document.createElement('canvas');
		[canvas.width, canvas.height] = [image.width, image.height];
		const context = canvas.getContext('2d');
		context.drawImage(image, 0, 0);
		const pixels = context.getImageData(0, 0, image.width, image.height).data;
		let sum = 0, squares = 0;
		for (let i = 0; i < pixels.length; i += 4) {
			const grey = (pixels[i] + pixels[i + 1] + pixels[i + 2]) / 3;
			sum += grey;
			squares += grey * grey;
		}
		const n = pixels.length / 4;
		return squares / n - (sum / n) ** 2;
	}, `data:image/png;base64,${png.toString('base64')}`);
}

async function checkCharts(page, plain, name, withPixels) {
	const charts = await page.$$('.chart');
	const expected = await page.$$eval('figure.graphic', list => list.filter(f => f.querySelector('table')).length);
	check(charts.length > 0 && charts.length === expected, `${name}: ${charts.length} charts for ${expected} figures with numbers`);
	for (const chart of charts) {
		const figure = await chart.getAttribute('data-figure');
		const found = await chart.evaluate(inspect);
		const label = await chart.getAttribute('aria-label');
		check(found.marks >= 1 && found.colours >= 2, `${name}: figure ${figure} shows nothing`);
		if (withPixels) {
			const png = await chart.screenshot({ path: join(output, `${name}-figure-${figure}.png`) });
			check(await variance(plain, png) > 20, `${name}: figure ${figure} is blank`);
		}
		check(found.outside.length === 0, `${name}: figure ${figure}: texts outside: ${found.outside.slice(0, 5).join(' | ')}`);
		check(found.overlapping.length <= 2, `${name}: figure ${figure}: texts overlap: ${found.overlapping.slice(0, 5).join(' | ')}`);
		check(label && label.length > 5, `${name}: figure ${figure} has no text alternative`);
	}
}

async function checkReport(file) {
	const name = basename(file, '.html');
	const context = await browser.newContext({ viewport: { width: 1100, height: 1400 }, offline: true });
	const page = await context.newPage();
	const plain = await context.newPage();
	const requests = [];
	page.on('console', message => problems.push(`${name}: console: ${message.text()}`));
	page.on('pageerror', error => problems.push(`${name}: error: ${error.message}`));
	page.on('dialog', dialog => { problems.push(`${name}: a title ran as script`); dialog.dismiss(); });
	page.on('request', request => requests.push(request.url()));
	const start = Date.now();
	await page.goto(pathToFileURL(resolve(file)).href);
	const drawn = await page.waitForSelector('html[data-charts]', { timeout: 20000 }).catch(() => null);
	check(drawn, `${name}: the charts were never drawn`);
	console.log(`${name}: ${(statSync(file).size / 1024).toFixed(0)} KiB, drawn in ${Date.now() - start} ms`);
	if (!drawn) return context.close();
	check(requests.length === 1, `${name}: asks for ${requests.slice(1).join(', ')}`);
	await checkCharts(page, plain, name, !quick.includes(file));
	check(await page.$$eval('.contents a', links => links.every(a => document.getElementById(a.hash.slice(1)))), `${name}: contents lead nowhere`);
	check(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${name}: page is wider than the window`);
	await page.screenshot({ path: join(output, `${name}-page.png`), fullPage: true });
	const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
	writeFileSync(join(output, `${name}.pdf`), pdf);
	check(pdf.length > 20000, `${name}: the PDF is empty`);
	await context.close();
}

mkdirSync(output, { recursive: true });
try {
	for (const file of reports) await checkReport(file);
} catch (error) {
	problems.push(String(error));
} finally {
	await browser.close();
}
problems.forEach(problem => console.error(problem));
console.log(`${checks} checks, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
