// Everything the desk's forms do beyond plain HTML; each part is asked for here alone, so that none runs twice.

import "./points.js";
import "./moving.js";
import "./where.js";
import "./typing.js";
import "./known.js";
import "./scans.js";
