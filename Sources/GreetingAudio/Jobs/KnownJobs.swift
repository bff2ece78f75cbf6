import Foundation
import Synchronization

/// The jobs of a batch are few kinds, over and over: each is written and read as JSON once.
enum KnownJobs {
  private struct Books {
    var texts: [GreetingJob: [UInt8]] = [:]
    var jobs: [ArraySlice<UInt8>: GreetingJob] = [:]
  }

  private static let books = Mutex(Books())
  /// More kinds than this are no batch.
  private static let most = 64

  static func packed(_ job: GreetingJob, _ bytes: [UInt8]) -> [UInt8] {
    let text = books.withLock { books -> [UInt8]? in
      if let text = books.texts[job] { return text }
      guard let text = (try? JSONEncoder().encode(job)).map(Array.init) else { return nil }
      if books.texts.count < most { books.texts[job] = text }
      return text
    }
    return text.map { ParcelLayout.joined($0, bytes) } ?? []
  }

  /// nil for what is no job.
  static func unpacked(_ packed: [UInt8]) -> (job: GreetingJob, bytes: [UInt8])? {
    guard let (text, bytes) = ParcelLayout.split(packed) else { return nil }
    let job = books.withLock { books -> GreetingJob? in
      if let job = books.jobs[text] { return job }
      guard let job = try? JSONDecoder().decode(GreetingJob.self, from: Data(text)) else { return nil }
      // A copy: a slice would keep the whole parcel.
      if books.jobs.count < most { books.jobs[Array(text)[...]] = job }
      return job
    }
    return job.map { ($0, bytes) }
  }
}
