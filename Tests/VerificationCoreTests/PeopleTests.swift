import Simulation
import Testing
import VerificationCore

@Suite("Users and tokens, found by name")
struct PeopleTests {
  private func upn(_ number: Int) throws -> UPN { try #require(UPN("user\(number)@a.example")) }

  @Test("People are what an array of users is, each found by name, after any changes", arguments: [8, 18, 3_000])
  func people(size: Int) throws {
    var chance = Chance(seed: UInt64(size))
    var (people, array): (People, [User]) = ([], [])
    let steps = size > 100 ? 400 : 3_000
    for step in 0..<steps {
      if step == 0, size > 100 {
        array = try (0..<size).map { User(upn: try upn($0)) }
        people = People(array)
      }
      let user = User(upn: try upn(Int.random(in: 0...size, using: &chance)), name: "\(step)")
      let place = array.isEmpty ? nil : Int.random(in: 0..<array.count, using: &chance)
      switch (Int.random(in: 0...8, using: &chance), place) {
      case (0, _),
        (1, _) where array.count < size, (_, nil):
        people.set(user)
        if let place = array.firstIndex(where: { $0.upn == user.upn }) {
          array[place] = user
        } else {
          array.append(user)
        }
      case (1, _), (2, _):
        // Also of the same name as another.
        people.append(user)
        array.append(user)
      case (3, let place?):
        people[place] = user
        array[place] = user
      case (4, let place?):
        people[place].name = "changed"
        array[place].name = "changed"
      case (5, let place?):
        people.remove(at: place)
        array.remove(at: place)
      case (6, let place?):
        people.insert(user, at: place)
        array.insert(user, at: place)
      case (7, let place?):
        let upper = Swift.min(array.count, place + 5)
        people.replaceSubrange(place..<upper, with: [user, user])
        array.replaceSubrange(place..<upper, with: [user, user])
      default:
        people.removeAll { $0.upn == user.upn }
        array.removeAll { $0.upn == user.upn }
      }
      #expect(people.count == array.count)
      let asked = try upn(Int.random(in: 0...size, using: &chance))
      for name in [asked, user.upn] {
        let first = array.first { $0.upn == name }
        #expect(people[name] == first)
        #expect(people.apps(of: name) == first?.apps.count)
      }
    }
    #expect(Array(people) == array)
    #expect(people == People(array))
  }

  @Test("An event about a user changes the first of that name, and nobody where there is none")
  func change() throws {
    for size in [3, 300] {
      var tenant = Tenant(name: "T", users: People(try (0..<size).map { User(upn: try upn($0)) }))
      tenant.apply(.accountEnabled(try upn(2), false))
      tenant.apply(.accountEnabled(try upn(size), false))
      #expect(tenant.users.filter { !$0.isEnabled }.map(\.upn) == [try upn(2)])
    }
  }

  @Test(
    "A shelf is what an array of tokens is, each found by number and owner, after any events",
    arguments: [6, 60, 4_000])
  func shelf(size: Int) throws {
    var any = AnyTenant(chance: Chance(seed: UInt64(size)))
    var (tenant, array): (Tenant, [OATHToken]) = (Tenant(name: "T"), [])
    func import_(_ token: OATHToken) {
      tenant.apply(.tokenImported(token))
      array.removeAll { $0.serial == token.serial && $0.owner == token.owner }
      array.append(token)
    }
    func token() throws -> OATHToken {
      var token = try any.token()
      token.serial = "T\(Int.random(in: 0..<size, using: &any.chance))"
      return token
    }
    // Without walks for those that are there from the start.
    if size > 100 {
      array = try (0..<size).map { number in
        var token = try token()
        token.serial = "T\(number)"
        return token
      }
      tenant.tokens = TokenShelf(array)
    }
    for _ in 0..<(size > 100 ? 600 : 2_000) {
      let (token, upn) = (try token(), try any.upn())
      switch Int.random(in: 0...5, using: &any.chance) {
      case 0, 1: import_(token)
      case 2:
        tenant.apply(.tokenDeleted(serial: token.serial))
        array.removeAll { $0.serial == token.serial }
      case 3:
        tenant.apply(.tokenActivated(serial: token.serial))
        for place in array.indices where array[place].serial == token.serial { array[place].isActive = true }
      case 4:
        // Several that come to one owner become one, though no admin is let do it.
        tenant.apply(.setUp(.tokenAssigned(serial: token.serial, to: token.owner)))
        guard let last = array.lastIndex(where: { $0.serial == token.serial }) else { continue }
        array[last].owner = token.owner
        array = array.enumerated().filter { $0.offset == last || $0.element.serial != token.serial }.map(\.element)
      default:
        tenant.apply(.methodsReset(upn))
        for place in array.indices where array[place].owner == upn { array[place].isActive = false }
      }
      let shelf = tenant.tokens
      #expect(shelf.count == array.count)
      #expect(shelf.having(serial: token.serial) == array.filter { $0.serial == token.serial })
      #expect(shelf.of(upn) == array.filter { $0.owner == upn })
      #expect(shelf.count(of: upn) == shelf.of(upn).count)
      #expect(
        shelf.contains(serial: token.serial, of: upn)
          == array.contains { $0.serial == token.serial && $0.owner == upn })
      #expect(
        shelf.owners(of: token.serial, besides: upn)
          == array.filter { $0.serial == token.serial }.compactMap(\.owner).filter { $0 != upn })
    }
    #expect(Array(tenant.tokens) == array)
    #expect(tenant.tokens == TokenShelf(array))
    #expect(tenant.tokens.hashValue == TokenShelf(array).hashValue)
    for token in array { tenant.apply(.tokenDeleted(serial: token.serial)) }
    #expect(tenant.tokens.isEmpty && tenant.tokens == [])
  }
}
