import { mount } from 'svelte';
import App from './frame/App.svelte';
import { session } from './frame/session.svelte.ts';
import './ui/base.css';

void session.begin();
mount(App, { target: document.querySelector('#app') as HTMLElement });
