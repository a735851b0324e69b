import { render } from 'preact';
import { App } from './frame/app.js';
import { listenToKeys } from './frame/keys.js';
import { connect } from './state/live.js';
import { followHistory } from './state/route.js';

followHistory();
listenToKeys();
connect();
render(<App />, document.body);
