/** What the server under test says of itself while load is sent. */
package io.evalstream.loadgenerator.servermetrics;
