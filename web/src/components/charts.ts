/* ECharts with what the application draws; loaded when the first chart is shown. */
import { use } from 'echarts/core'
import { BarChart, BoxplotChart, CustomChart, EffectScatterChart, FunnelChart, GraphChart, HeatmapChart, LineChart, PieChart, RadarChart, SankeyChart,
	ScatterChart, SunburstChart, TreeChart, TreemapChart } from 'echarts/charts'
import { AriaComponent, DatasetComponent, DataZoomComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent,
	RadarComponent, TitleComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { LabelLayout, UniversalTransition } from 'echarts/features'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'

use([BarChart, BoxplotChart, CustomChart, EffectScatterChart, FunnelChart, GraphChart, HeatmapChart, LineChart, PieChart, RadarChart, SankeyChart,
	ScatterChart, SunburstChart, TreeChart, TreemapChart, AriaComponent, DatasetComponent, DataZoomComponent, GridComponent, LegendComponent,
	MarkAreaComponent, MarkLineComponent, MarkPointComponent, RadarComponent, TitleComponent, TooltipComponent, VisualMapComponent, LabelLayout,
	UniversalTransition, CanvasRenderer, SVGRenderer])

export { init } from 'echarts/core'
export type { ECharts } from 'echarts/core'
