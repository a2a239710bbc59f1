// Wakes the GOV.UK components. Every page works without this file: it adds comfort, never a way to act.
import { initAll } from "./govuk-frontend-6.3.0.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
