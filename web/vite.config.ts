import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/* Browsers of 2021 on: the national ones (360, 奇安信, UOS) carry Chromium 86 and later. */
const oldest = ['chrome87', 'firefox85', 'safari14', 'edge88']

export default defineConfig({
	plugins: [vue()],
	define: {
		__VUE_OPTIONS_API__: 'true',
		__VUE_PROD_DEVTOOLS__: 'false',
		__VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false'
	},
	build: {
		target: oldest,
		cssTarget: oldest,
		reportCompressedSize: false,
		/* inlined pictures would need data: beside what the policy allows for styles */
		assetsInlineLimit: 0,
		chunkSizeWarningLimit: 1500,
		rollupOptions: {
			output: {
				manualChunks(id) {
					if (/node_modules\/(echarts|zrender|tslib)\//.test(id)) return 'charts'
					return undefined
				}
			}
		}
	},
	/* tables the server reads as well stand beside web/ */
	server: { proxy: { '/api': 'http://127.0.0.1:8460' }, fs: { allow: ['..'] } },
	test: { environment: 'happy-dom', include: ['src/**/*.test.ts'], server: { deps: { inline: ['element-plus'] } } }
})
