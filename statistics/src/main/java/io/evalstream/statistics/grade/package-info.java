/**
 * Letters for how well a server serves. Each metric has bounds, one for every letter but the last,
 * and gets the best letter whose bound its figure keeps; a figure on the bound keeps it. The worst
 * metric decides the whole. A metric without a figure gets no letter and changes nothing.
 */
package io.evalstream.statistics.grade;
