class Foo {
  int x;
}
