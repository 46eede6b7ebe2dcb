package io.evalstream.datasets.snapshot.anonymize;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What kind of personal data was removed; a placeholder says no more than this and a number. */
public enum Category {
  NAME("이름", "NAME"),
  EMAIL("이메일", "EMAIL"),
  PHONE("전화", "PHONE"),
  RESIDENT_NUMBER("주민번호", "RESIDENT_NUMBER"),
  BUSINESS_NUMBER("사업자번호", "BUSINESS_NUMBER"),
  PASSPORT("여권번호", "PASSPORT"),
  CARD("카드", "CARD"),
  ACCOUNT("계좌", "ACCOUNT"),
  ADDRESS("주소", "ADDRESS"),
  BIRTH_DATE("생년월일", "BIRTH_DATE"),
  PLATE("차량번호", "PLATE"),
  NETWORK("망주소", "NETWORK"),
  SECRET("비밀값", "SECRET"),
  HANDLE("계정", "HANDLE"),
  ID("식별번호", "ID");

  /** Placeholders as {@link #placeholder} writes them. */
  static final Pattern PLACEHOLDER =
      Pattern.compile(
          Arrays.stream(values())
              .map(category -> category.korean + "|" + category.english + "_")
              .collect(Collectors.joining("|", "\\[(?:", ")[1-9][0-9]{0,2}\\]")));

  private final String korean;
  private final String english;

  Category(String korean, String english) {
    this.korean = korean;
    this.english = english;
  }

  /** The text that stands for a document's n-th value of this kind, from 1. */
  String placeholder(Language language, int number) {
    return language == Language.KOREAN
        ? "[" + korean + number + "]"
        : "[" + english + "_" + number + "]";
  }
}
