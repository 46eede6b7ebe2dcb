/** What is written to the server: paths and bodies of each API. */
package io.evalstream.loadgenerator.request;
