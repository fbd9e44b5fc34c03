// A view that cannot be shown while the campaign cannot be read: it comes by itself once it can.
import './page.js';
import { follow } from './studio.js';

follow(() => location.reload());
