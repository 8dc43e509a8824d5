/* The chart types a report draws: the part of ECharts that every report carries. */
export { init, getInstanceByDom, use, format } from 'echarts/core';
export { makeShapes, paper } from './shapes.js';
import { use } from 'echarts/core';
import { BarChart, CustomChart, GraphChart, HeatmapChart, LineChart, PieChart, RadarChart,
	SankeyChart, ScatterChart, TreemapChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent,
	RadarComponent, TitleComponent, TooltipComponent,
	VisualMapComponent } from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, CustomChart, GraphChart, HeatmapChart, LineChart, PieChart, RadarChart,
	SankeyChart, ScatterChart, TreemapChart, AriaComponent, GridComponent, LegendComponent,
	MarkAreaComponent, MarkLineComponent, RadarComponent, TitleComponent, TooltipComponent,
	VisualMapComponent, LabelLayout, SVGRenderer]);
