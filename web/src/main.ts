import 'element-plus/dist/index.css'
import 'element-plus/theme-chalk/dark/css-vars.css'
import './app/colours.css'
import './app/style.css'
import { createApp } from 'vue'
import { resume } from './api/session'
import AppRoot from './app/AppRoot.vue'
import { router } from './app/router'
import { startShortcuts } from './app/shortcuts'
import './app/theme'

const app = createApp(AppRoot)

/* Shown to the person and to the browser's console, which the tests watch. */
app.config.errorHandler = error => {
	console.error(error)
	void import('./components/notify').then(({ notifyFailure }) => notifyFailure(error))
}

void resume().then(() => {
	app.use(router).mount('#app')
	startShortcuts()
})
