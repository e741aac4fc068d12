-- KEYS[1]: of one member in one chat. ARGV: the message, the least time between two, in ms.
-- Takes the member's turn to speak. Returns 0 when it is theirs, also for a repeat of the message, or how many ms are left.
local last = redis.call('GET', KEYS[1])
if last and last ~= ARGV[1] then return math.max(redis.call('PTTL', KEYS[1]), 1) end
if not last then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
return 0
