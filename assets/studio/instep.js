// Brings the files of translations in step with their source when somebody comes to translate.
import { campaign, send } from './studio.js';

const { ok, data } = await send(`/c/${campaign}/translate`, {});
if (ok && data.written) document.dispatchEvent(new Event('renew'));
