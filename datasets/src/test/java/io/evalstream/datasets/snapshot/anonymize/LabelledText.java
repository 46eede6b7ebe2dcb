package io.evalstream.datasets.snapshot.anonymize;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text in which every piece of personal data is marked: {@code {{KIND|what}}}. */
record LabelledText(String text, List<Label> labels) {

  private static final Pattern MARKED = Pattern.compile("\\{\\{([A-Z_]+)\\|(.+?)\\}\\}");

  record Label(Category category, int start, int end) {}

  static List<LabelledText> all() throws IOException {
    try (InputStream in = LabelledText.class.getResourceAsStream("labelled.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(LabelledText::parse)
          .toList();
    }
  }

  private static LabelledText parse(String line) {
    StringBuilder text = new StringBuilder();
    List<Label> labels = new ArrayList<>();
    Matcher marked = MARKED.matcher(line);
    while (marked.find()) {
      marked.appendReplacement(text, "");
      int start = text.length();
      text.append(marked.group(2));
      labels.add(new Label(Category.valueOf(marked.group(1)), start, text.length()));
    }
    marked.appendTail(text);
    return new LabelledText(text.toString(), labels);
  }
}
