package io.evalstream.loadgenerator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

  @ParameterizedTest
  @CsvSource({
    "http://h:8000,          http://h:8000/v1/models",
    "http://h:8000/,         http://h:8000/v1/models",
    "http://h:8000/v1,       http://h:8000/v1/models",
    "http://h/gateway/v1/,   http://h/gateway/v1/models",
    "https://h,              https://h/v1/models",
    "HTTPS://h:8443/a,       https://h:8443/a/v1/models",
    "http://[::1]:8000,      http://[::1]:8000/v1/models"
  })
  void basePathsMayBeGivenWithOrWithoutTheVersion(String given, String models) {
    assertThat(Origin.parse(given).url("/v1/models")).isEqualTo(models);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h:8000", "ftp://h", "http://", "http://h?x=1", "http://h h", "8000"})
  void whatIsNoAddressIsRefused(String given) {
    assertThatThrownBy(() -> Origin.parse(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(given)
        .hasMessageContaining("http://host:port");
  }

  @Test
  void aPasswordIsNotRepeated() {
    assertThatThrownBy(() -> Origin.parse("http://me:hush@h:1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hush");
  }
}
