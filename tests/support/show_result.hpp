// Lets Catch2 show a result, whose own printing asks for types that can be printed: "a value", or the fault.
#pragma once

#include <boost/system/result.hpp>
#include <catch2/catch.hpp>
#include <string>

namespace Catch {

template <class T, class E>
struct StringMaker<boost::system::result<T, E>> {
  static std::string convert(const boost::system::result<T, E>& result) {
    if (result) return "a value";
    if constexpr (requires { std::string(result.error().what); })
      return "fault: " + std::string(result.error().what);
    else
      return "an error";
  }
};

}  // namespace Catch
