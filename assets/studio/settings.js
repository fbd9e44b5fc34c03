// What a form of *Campaign* does beside its fields: takes a logo in.
import { logo } from './logo.js';

logo(document.querySelector('[data-form]'), () => location.reload());
